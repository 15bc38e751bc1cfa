/**
 * How much of everything the service accepts: the specification's limits and the relaxed ones, side by side.
 *
 * <p>Depends on nothing else here. Start reading at {@link io.bida.limits.ServiceLimits}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.limits;
