package io.bida.message;

/**
 * One user or system property of a message, kept and returned as sent.
 *
 * @param name the property's name, not empty
 * @param value its text; base64 for BINARY
 * @param type what the text stands for
 */
public record MessageProperty(String name, String value, Type type) {

    /** What a value stands for. Source: wire specification 11.2. Order is the stored form's: append only. */
    public enum Type {
        STRING,
        NUMBER,
        BOOLEAN,
        BINARY
    }
}
