/** The URLs of queues: {@code /queues} and {@code /queues/{queue}}. One class per noun, one method per action. */
@org.jspecify.annotations.NullMarked
package io.bida.api.queue;
