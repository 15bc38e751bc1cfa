package io.bida.queue;

import io.bida.limits.ServiceLimits;

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
        if (value.isEmpty() || value.length() > ServiceLimits.STRICT.maxNameLength()) {
            throw new QueueNameLengthException();
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && (i == 0 || c != '-')) {
                throw new InvalidQueueNameException();
            }
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
