package io.bida.drill.history;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A message body that proves itself: our unique id, filler, and a checksum over both.
 *
 * @param id unique within the drill
 * @param body {@code id:filler:crc}
 */
public record Payload(String id, String body) {

    /** The payload with this id and as much filler. */
    public static Payload of(String id, int fillerLength) {
        String covered = id + ":" + "x".repeat(fillerLength);
        return new Payload(id, covered + ":" + crcOf(covered));
    }

    /** The id in a received body; empty if the body was altered. */
    public static Optional<String> idOf(String body) {
        int lastColon = body.lastIndexOf(':');
        if (lastColon < 0 || !body.substring(lastColon + 1).equals(crcOf(body.substring(0, lastColon)))) {
            return Optional.empty();
        }
        return Optional.of(body.substring(0, body.indexOf(':')));
    }

    private static String crcOf(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
