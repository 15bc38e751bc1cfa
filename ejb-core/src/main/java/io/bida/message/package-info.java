/**
 * Messages: sending, receiving, peeking, deleting, hiding. Start reading at {@link io.bida.message.MessageService}.
 *
 * <p>Below it: {@code .lifecycle} the rules in plain Java, {@code .delivery} the part of a queue that this node serves,
 * {@code .store} how messages are kept, {@code .timer} what the clock sets off. Not here: HTTP, XML, signatures.
 */
@org.jspecify.annotations.NullMarked
package io.bida.message;
