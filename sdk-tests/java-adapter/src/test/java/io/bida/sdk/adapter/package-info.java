/**
 * The neutral client over the official Java SDK, compiled once against each version of it.
 *
 * <p>These sources belong to no module of their own: the modules {@code java-1.1.9}, {@code java-1.1.11} and
 * {@code java-2.0.0} each take them in beside their own {@code ThisSdk}, which holds what differs. So the same lines
 * also show that a program compiles against each version. Start reading at {@code SdkClient}.
 */
@NullMarked
package io.bida.sdk.adapter;

import org.jspecify.annotations.NullMarked;
