package io.bida.topic;

import io.bida.limits.NameForm;

/**
 * The name of a subscription within its topic: letters, digits and hyphens, first a letter or digit, case-sensitive.
 *
 * <p>Source: wire specification 5.1, API 2015-06-06.
 *
 * @param value 1 to 255 characters
 */
public record SubscriptionName(String value) implements Comparable<SubscriptionName> {

    /**
     * Checks the form.
     *
     * @throws SubscriptionNameLengthException if it is empty or too long (SubscriptionNameLengthError)
     * @throws InvalidSubscriptionNameException if it has a wrong character (SubscriptionNameInvalid)
     */
    public SubscriptionName {
        if (!NameForm.hasGoodLength(value)) {
            throw new SubscriptionNameLengthException();
        }
        if (!NameForm.hasGoodCharacters(value)) {
            throw new InvalidSubscriptionNameException();
        }
    }

    @Override
    public int compareTo(SubscriptionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
