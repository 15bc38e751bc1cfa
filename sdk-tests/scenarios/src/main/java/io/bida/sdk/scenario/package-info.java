/**
 * The rules that every client library must find kept, each written once as a {@code default @Test}.
 *
 * <p>A module of one library version implements {@link io.bida.sdk.scenario.AllScenarios} once per way to connect.
 * Here: rules that a program can see through any library. Not here: what only one library has (its module tests it),
 * and limits that no library lets through (raw requests test them). The rules and their sources are those of the MNS
 * API 2015-06-06.
 */
@NullMarked
package io.bida.sdk.scenario;

import org.jspecify.annotations.NullMarked;
