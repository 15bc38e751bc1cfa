package io.bida.queue;

import io.bida.limits.NameForm;

/**
 * The name of a queue within its account: letters, digits and hyphens, first a letter or digit, case-sensitive.
 *
 * <p>Source: wire specification 5.1, API 2015-06-06.
 *
 * @param value 1 to 255 characters
 */
public record QueueName(String value) implements Comparable<QueueName> {

    /**
     * Checks the form.
     *
     * @throws QueueNameLengthException if it is empty or too long (QueueNameLengthError)
     * @throws InvalidQueueNameException if it has a wrong character (InvalidQueueName)
     */
    public QueueName {
        if (!NameForm.hasGoodLength(value)) {
            throw new QueueNameLengthException();
        }
        if (!NameForm.hasGoodCharacters(value)) {
            throw new InvalidQueueNameException();
        }
    }

    @Override
    public int compareTo(QueueName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
