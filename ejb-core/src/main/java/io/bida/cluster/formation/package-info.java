/**
 * Who belongs to the cluster, and whose stored messages are believed: what is agreed on before a node opens its store,
 * and again whenever the members change.
 *
 * <p>Not here: what is stored, and how it is copied. Start reading at
 * {@link io.bida.cluster.formation.ClusterFormation}; why the rules are as they are is in
 * {@code docs/decisions/0011-epochs-say-whose-store-is-believed.md}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.cluster.formation;
