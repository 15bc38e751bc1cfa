/**
 * The MNS wire over HTTP: what a client sends and gets, byte for byte.
 *
 * <p>The way of a request: {@code .intake} gives it an id and refuses what is no URL of ours, JAX-RS finds the
 * resource, {@link io.bida.api.signature.SignatureFilter} finds out whose it is and reads its body, one resource method
 * ({@code .queue}, {@code .message}, {@code .topic}, {@code .account}) turns it into one call of the core and the
 * outcome into a document of {@code .xml}; a refusal becomes a document in {@code .error}. Source: wire specification,
 * API 2015-06-06.
 *
 * <p>Beside it, below {@code /api}, the management API for people and their tools, in JSON: {@code .management}, with
 * the password check of {@code .person} in place of a signature.
 *
 * <p>Not here: rules about messages, storage, numbers that belong to {@link io.bida.limits.ServiceLimits}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api;
