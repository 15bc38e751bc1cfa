/**
 * How what was published gets to the endpoints: the forms in which it is delivered, one try of one delivery for each
 * kind of endpoint, which addresses may be pushed to, and when a failed delivery is tried again.
 *
 * <p>What waits for delivery is a message in the subscription's hidden queue, so nothing here has to survive a crash
 * but the key that pushes are signed with. Not here: who subscribes to what ({@code io.bida.topic}) and the document in
 * which a subscription itself is shown (web-api). Start reading at {@code Dispatchers}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.notify;
