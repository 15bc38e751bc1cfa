package io.bida.limits;

/**
 * The form of every name that a client gives to a queue, a topic or a subscription: letters, digits and hyphens, first
 * a letter or digit.
 *
 * <p>Source: wire specification 5.1, API 2015-06-06.
 */
public final class NameForm {

    private NameForm() {}

    /** Whether the name is 1 to 255 characters long. */
    public static boolean hasGoodLength(String name) {
        return !name.isEmpty() && name.length() <= ServiceLimits.STRICT.maxNameLength();
    }

    /** Whether the name has only characters that it may have, and a letter or digit where it begins. */
    public static boolean hasGoodCharacters(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && (i == 0 || c != '-')) {
                return false;
            }
        }
        return true;
    }
}
