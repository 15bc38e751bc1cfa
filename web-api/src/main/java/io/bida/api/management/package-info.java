/**
 * The management API, for people who run Bida and for their tools: JSON below {@code /api/v1}, described in
 * {@code openapi.json} beside these classes, which a test compares with them.
 *
 * <p>Nothing of the MNS wire is here. Why it is where it is, and who may ask: decision 0015. Start reading at
 * {@link io.bida.api.management.ClusterResource}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.management;
