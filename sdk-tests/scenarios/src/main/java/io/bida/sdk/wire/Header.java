package io.bida.sdk.wire;

/** A header line, its name in the case it has on the wire. */
public record Header(String name, String value) {

    /** Whether this is the header {@code otherName} in any case. */
    public boolean is(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
