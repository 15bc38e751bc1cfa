package io.bida.it.rest;

/**
 * One header line, with its name in the case in which it travels.
 *
 * @param name as written on the wire
 * @param value without the blanks around it
 */
public record Header(String name, String value) {

    /** Whether this header has that name, in any letter case. */
    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }
}
