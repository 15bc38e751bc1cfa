package io.bida.topic;

import io.bida.message.MessageBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A published message as a subscription keeps it: the body of a message in its hidden queue. Its properties are those
 * of that message.
 *
 * <p>Stored form, version 1: version (1 byte); id, tag ({@code ""}: none), each 2 bytes of length and modified UTF-8;
 * time of publishing in ms since 1970 (8 bytes); number of attributes (2 bytes) and for each its name as above and its
 * text as 4 bytes of length and UTF-8; then the body to the end. To add a field: take the next version, and read both.
 *
 * @param id its name, the same in every subscription
 * @param tag by which subscriptions choose
 * @param publishedAt when it was published
 * @param attributes what only some kinds of endpoints need
 * @param body what was published
 */
public record Publication(
        String id, Optional<Tag> tag, Instant publishedAt, Map<String, String> attributes, MessageBody body) {

    private static final int VERSION = 1;

    /** Keeps its own copy. */
    public Publication {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The stored form. */
    public MessageBody toStored() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96 + body.length());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(id);
            out.writeUTF(tag.map(Tag::value).orElse(""));
            out.writeLong(publishedAt.toEpochMilli());
            out.writeShort(attributes.size());
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                out.writeUTF(attribute.getKey());
                byte[] text = attribute.getValue().getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
            out.write(body.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return MessageBody.ofBytes(bytes.toByteArray());
    }

    /**
     * The publication that was stored so.
     *
     * @throws IllegalArgumentException if it is not in a form that this release knows
     */
    public static Publication ofStored(MessageBody stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored.bytes()))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("a publication of version " + version);
            }
            String id = in.readUTF();
            String tag = in.readUTF();
            Instant publishedAt = Instant.ofEpochMilli(in.readLong());
            Map<String, String> attributes = readAttributes(in);
            return new Publication(
                    id,
                    tag.isEmpty() ? Optional.empty() : Optional.of(new Tag(tag)),
                    publishedAt,
                    attributes,
                    MessageBody.ofBytes(in.readAllBytes()));
        } catch (IOException e) {
            throw new IllegalArgumentException("a publication that ends early", e);
        }
    }

    private static Map<String, String> readAttributes(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            attributes.put(name, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        }
        return attributes;
    }
}
