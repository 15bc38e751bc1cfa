package io.bida.message.store;

import io.bida.message.MessageBody;
import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.message.NewMessage;
import io.bida.message.Priority;
import io.bida.message.lifecycle.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Messages that were written together: the unit in which messages are stored. Immutable.
 *
 * <p>Written once when its messages are sent, and once more, smaller and under the same key, when most of them are
 * gone; a message keeps its slot, and so its id, for its whole life. Read as a view over the stored bytes, so taking
 * one message costs that message only.
 *
 * <p>Stored form, version 1, big endian:
 *
 * <pre>
 * version 1 | entries 1 | enqueuedAt ms 8 | retention s 4 |
 * entries × ( slot 1 | priority 1 | delay s 4 | offset of body 4 | body length 4 | length of properties 4 ) | data
 * </pre>
 *
 * The data of an entry are its body and, right after it, its properties, if it has any:
 *
 * <pre>
 * length of group id 4 (-1: none) | group id | system properties 4 | user properties 4 |
 * n × ( type 1 | length of name 4 | name | length of value 4 | value )
 * </pre>
 *
 * <b>To add a field:</b> raise the version, append the field to the head or to the entry, and keep reading version 1
 * with a default; {@code StoredFormTest} holds bytes of every version ever released.
 */
public final class Bundle {

    /** Most messages of one bundle. */
    public static final int MAX_MESSAGES = Position.SLOTS;

    /** Bodies of one bundle together, in bytes, unless a single one is larger: 256 KiB (DESIGN 3.2). */
    public static final int MAX_BYTES = 256 << 10;

    private static final byte VERSION = 1;
    private static final int HEAD = 14;
    private static final int ENTRY = 18;

    private final byte[] bytes;
    private final ByteBuffer in;

    private Bundle(byte[] bytes) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
    }

    /**
     * A view of stored bytes, which must not change afterwards.
     *
     * @throws IllegalArgumentException if the bytes are of a version this release cannot read, or damaged
     */
    public static Bundle of(byte[] stored) {
        if (stored.length < HEAD || stored[0] != VERSION) {
            throw new IllegalArgumentException("not a bundle of version 1");
        }
        Bundle bundle = new Bundle(stored);
        if (!bundle.isWhole()) {
            throw new IllegalArgumentException("a bundle that is damaged");
        }
        return bundle;
    }

    /** Whether every entry and its data lie within the bytes, so that nothing read later fails. */
    private boolean isWhole() {
        int count = entries();
        if (count < 1 || count > MAX_MESSAGES || bytes.length < HEAD + count * ENTRY) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int slot = slot(i);
            long body = bodyLength(i);
            long properties = in.getInt(HEAD + i * ENTRY + 14);
            long from = bodyOffset(i);
            boolean inside = from >= HEAD && body >= 0 && properties >= 0 && from + body + properties <= bytes.length;
            if (!inside || slot < 0 || slot >= MAX_MESSAGES || priority(i) < 1 || priority(i) > 16) {
                return false;
            }
        }
        return true;
    }

    /**
     * The bundle of these messages, in slots 0, 1, ….
     *
     * @param messages 1 to 64
     * @param delaySeconds the delay of each, queue's default filled in
     */
    public static Bundle pack(
            List<NewMessage> messages, int[] delaySeconds, long enqueuedAtMillis, int retentionSeconds) {
        int count = messages.size();
        byte[][] properties = new byte[count][];
        int length = HEAD + count * ENTRY;
        for (int i = 0; i < count; i++) {
            properties[i] = encode(messages.get(i).properties());
            length += messages.get(i).body().length() + properties[i].length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(VERSION).put((byte) count).putLong(enqueuedAtMillis).putInt(retentionSeconds);
        int offset = HEAD + count * ENTRY;
        for (int i = 0; i < count; i++) {
            NewMessage message = messages.get(i);
            int bodyLength = message.body().length();
            out.put((byte) i)
                    .put((byte) message.priority().value())
                    .putInt(delaySeconds[i])
                    .putInt(offset)
                    .putInt(bodyLength)
                    .putInt(properties[i].length);
            offset += bodyLength + properties[i].length;
        }
        for (int i = 0; i < count; i++) {
            out.put(messages.get(i).body().bytes()).put(properties[i]);
        }
        return new Bundle(out.array());
    }

    /** The same bundle with only those messages whose slot's bit is set; they keep their slots. */
    public Bundle retain(long slots) {
        int count = 0;
        int dataLength = 0;
        for (int i = 0; i < entries(); i++) {
            if ((slots & 1L << slot(i)) != 0) {
                count++;
                dataLength += dataLength(i);
            }
        }
        ByteBuffer out = ByteBuffer.allocate(HEAD + count * ENTRY + dataLength);
        out.put(VERSION).put((byte) count).putLong(enqueuedAtMillis()).putInt(retentionSeconds());
        int offset = HEAD + count * ENTRY;
        for (int i = 0; i < entries(); i++) {
            if ((slots & 1L << slot(i)) != 0) {
                int at = HEAD + i * ENTRY;
                out.put(bytes, at, 6).putInt(offset).put(bytes, at + 10, 8);
                offset += dataLength(i);
            }
        }
        for (int i = 0; i < entries(); i++) {
            if ((slots & 1L << slot(i)) != 0) {
                out.put(bytes, bodyOffset(i), dataLength(i));
            }
        }
        return new Bundle(out.array());
    }

    /** The stored form, not a copy; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Its size as stored, in bytes. */
    public int length() {
        return bytes.length;
    }

    /** How many messages it holds, 1 to 64. */
    public int entries() {
        return bytes[1];
    }

    /** The slots it holds, one bit each. */
    public long slots() {
        long slots = 0;
        for (int i = 0; i < entries(); i++) {
            slots |= 1L << slot(i);
        }
        return slots;
    }

    /** When its messages were accepted, in milliseconds since 1970. */
    public long enqueuedAtMillis() {
        return in.getLong(2);
    }

    /** How long its messages live from their acceptance, in seconds. */
    public int retentionSeconds() {
        return in.getInt(10);
    }

    /** The slot of the entry with this index, 0 to 63. */
    public int slot(int index) {
        return bytes[HEAD + index * ENTRY];
    }

    /** The priority of the entry with this index, 1 to 16. */
    public int priority(int index) {
        return bytes[HEAD + index * ENTRY + 1];
    }

    /**
     * When the entry with this index can be received for the first time, in milliseconds since 1970; 0 if it has no
     * delay, so that a clock that goes back hides nothing.
     */
    public long visibleFromMillis(int index) {
        int delay = delaySeconds(index);
        return delay == 0 ? 0 : enqueuedAtMillis() + delay * 1000L;
    }

    /** The delay of the entry with this index, in seconds. */
    public int delaySeconds(int index) {
        return in.getInt(HEAD + index * ENTRY + 2);
    }

    /** The body of the entry with this index. */
    public MessageBody body(int index) {
        int from = bodyOffset(index);
        return MessageBody.ofBytes(Arrays.copyOfRange(bytes, from, from + bodyLength(index)));
    }

    /** What the entry with this index carries beside its body. */
    public MessageProperties properties(int index) {
        int length = dataLength(index) - bodyLength(index);
        return length == 0
                ? MessageProperties.NONE
                : decode(ByteBuffer.wrap(bytes, bodyOffset(index) + bodyLength(index), length));
    }

    /** The priority of the entry with this index, as a value. */
    public Priority priorityOf(int index) {
        return new Priority(priority(index));
    }

    /** The index of the entry in this slot, or -1 if the bundle does not hold it. */
    public int indexOf(int slot) {
        for (int i = 0; i < entries(); i++) {
            if (slot(i) == slot) {
                return i;
            }
        }
        return -1;
    }

    private int bodyOffset(int index) {
        return in.getInt(HEAD + index * ENTRY + 6);
    }

    private int bodyLength(int index) {
        return in.getInt(HEAD + index * ENTRY + 10);
    }

    private int dataLength(int index) {
        return bodyLength(index) + in.getInt(HEAD + index * ENTRY + 14);
    }

    private static byte[] encode(MessageProperties properties) {
        if (properties.isEmpty()) {
            return new byte[0];
        }
        List<byte[]> texts = new ArrayList<>();
        int length = 12;
        byte[] group = properties.messageGroupId().map(Bundle::utf8).orElse(new byte[0]);
        length += group.length;
        for (MessageProperty property : both(properties)) {
            byte[] name = utf8(property.name());
            byte[] value = utf8(property.value());
            texts.add(name);
            texts.add(value);
            length += name.length + value.length + 9;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(properties.messageGroupId().isPresent() ? group.length : -1).put(group);
        out.putInt(properties.system().size()).putInt(properties.user().size());
        int text = 0;
        for (MessageProperty property : both(properties)) {
            byte[] name = texts.get(text++);
            byte[] value = texts.get(text++);
            out.put(code(property.type()))
                    .putInt(name.length)
                    .put(name)
                    .putInt(value.length)
                    .put(value);
        }
        return out.array();
    }

    private static MessageProperties decode(ByteBuffer from) {
        int groupLength = from.getInt();
        Optional<String> group = groupLength < 0 ? Optional.empty() : Optional.of(text(from, groupLength));
        int systemCount = from.getInt();
        int userCount = from.getInt();
        List<MessageProperty> system = new ArrayList<>();
        List<MessageProperty> user = new ArrayList<>();
        for (int i = 0; i < systemCount + userCount; i++) {
            MessageProperty.Type type = type(from.get());
            String name = text(from, from.getInt());
            String value = text(from, from.getInt());
            (i < systemCount ? system : user).add(new MessageProperty(name, value, type));
        }
        return new MessageProperties(group, system, user);
    }

    private static List<MessageProperty> both(MessageProperties properties) {
        List<MessageProperty> both = new ArrayList<>(properties.system());
        both.addAll(properties.user());
        return both;
    }

    private static byte code(MessageProperty.Type type) {
        return switch (type) {
            case STRING -> 0;
            case NUMBER -> 1;
            case BOOLEAN -> 2;
            case BINARY -> 3;
        };
    }

    private static MessageProperty.Type type(byte code) {
        return switch (code) {
            case 0 -> MessageProperty.Type.STRING;
            case 1 -> MessageProperty.Type.NUMBER;
            case 2 -> MessageProperty.Type.BOOLEAN;
            case 3 -> MessageProperty.Type.BINARY;
            default -> throw new IllegalArgumentException("no property type " + code);
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer from, int length) {
        byte[] utf8 = new byte[length];
        from.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
