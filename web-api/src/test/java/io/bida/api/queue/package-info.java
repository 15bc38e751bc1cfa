/** The actions on queues against a core that remembers what it was asked. */
@org.jspecify.annotations.NullMarked
package io.bida.api.queue;
