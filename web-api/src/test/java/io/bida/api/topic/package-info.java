/** The actions on topics and subscriptions against a core that remembers what it was asked. */
@org.jspecify.annotations.NullMarked
package io.bida.api.topic;
