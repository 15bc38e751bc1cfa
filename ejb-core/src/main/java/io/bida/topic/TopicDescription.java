package io.bida.topic;

/**
 * A topic together with what it holds, for answers and pages.
 *
 * @param topic its name and settings
 * @param messageCount copies that wait for their delivery, of all its subscriptions together; what the real service
 *     counts where there are several is not documented (our choice)
 */
public record TopicDescription(Topic topic, long messageCount) {}
