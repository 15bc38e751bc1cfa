package io.bida.topic;

import io.bida.limits.NameForm;

/**
 * The name of a topic within its account: letters, digits and hyphens, first a letter or digit, case-sensitive.
 *
 * <p>Source: wire specification 5.1, API 2015-06-06.
 *
 * @param value 1 to 255 characters
 */
public record TopicName(String value) implements Comparable<TopicName> {

    /**
     * Checks the form.
     *
     * @throws TopicNameLengthException if it is empty or too long (TopicNameLengthError)
     * @throws InvalidTopicNameException if it has a wrong character (TopicNameInvalid)
     */
    public TopicName {
        if (!NameForm.hasGoodLength(value)) {
            throw new TopicNameLengthException();
        }
        if (!NameForm.hasGoodCharacters(value)) {
            throw new InvalidTopicNameException();
        }
    }

    @Override
    public int compareTo(TopicName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
