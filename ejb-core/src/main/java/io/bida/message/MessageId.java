package io.bida.message;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of a message for its whole life; says where the message is kept.
 *
 * <p>Form: three upper-case hex groups, {@code QUEUE-PARTITION-POSITION}, for example
 * {@code 00000000000000A7-0-0C5A3F2B10000040}. Clients treat it as opaque text.
 *
 * @param queueId the queue
 * @param partition the unit of order within the queue, from 0
 * @param position place within the partition: bundle number times 64 plus slot; older is smaller
 */
public record MessageId(long queueId, int partition, long position) {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** The message with this id, or empty if the text was never an id. */
    public static Optional<MessageId> parse(String text) {
        String[] groups = text.split("-", 4);
        if (groups.length != 3 || groups[0].length() != 16 || groups[2].length() != 16 || groups[1].length() > 4) {
            return Optional.empty();
        }
        MessageId id;
        try {
            id = new MessageId(
                    HexFormat.fromHexDigitsToLong(groups[0]),
                    HexFormat.fromHexDigits(groups[1]),
                    HexFormat.fromHexDigitsToLong(groups[2]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean possible = id.queueId >= 0 && id.partition <= Short.MAX_VALUE && id.position >= 0;
        // Other spellings of the same number were never given out.
        return possible && id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(queueId)
                + '-'
                + Integer.toHexString(partition).toUpperCase(java.util.Locale.ROOT)
                + '-'
                + HEX.toHexDigits(position);
    }
}
