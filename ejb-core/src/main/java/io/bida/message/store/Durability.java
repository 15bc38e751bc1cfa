package io.bida.message.store;

import java.util.Locale;

/** When a write counts as kept on one node; chosen by {@code bida.durability}, default {@code disk}. */
public enum Durability {
    /** When it is flushed to the disk: survives a power cut of all machines. */
    DISK,
    /** When the operating system has it: survives dead processes and dead nodes, not a power cut of all machines. */
    MEMORY_COPIES;

    /**
     * The choice with this name, {@code disk} or {@code memory-copies} in any letter case.
     *
     * @throws IllegalArgumentException for any other name
     */
    public static Durability named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "disk" -> DISK;
            case "memory-copies" -> MEMORY_COPIES;
            default -> throw new IllegalArgumentException("bida.durability is disk or memory-copies, not " + name);
        };
    }
}
