/**
 * The URLs of topics: {@code /topics}, {@code /topics/{topic}}, and below it its messages and subscriptions. One class
 * per noun, one method per action. Source: wire specification 8, API 2015-06-06.
 *
 * <p>Start reading at {@link io.bida.api.topic.TopicResource}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.topic;
