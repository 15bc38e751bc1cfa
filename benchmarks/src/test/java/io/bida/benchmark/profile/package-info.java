/** Tests of the profile report's additions, and of its reading of a real recording. */
@org.jspecify.annotations.NullMarked
package io.bida.benchmark.profile;
