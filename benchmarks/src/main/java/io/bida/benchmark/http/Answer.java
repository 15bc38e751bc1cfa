package io.bida.benchmark.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The latest answer of one connection: its status and body, kept in a buffer that the next answer overwrites.
 *
 * <p>Reads {@code Content-Length} and chunked bodies, skips 1xx answers, and takes 204 and 304 as empty. Bytes that
 * arrive beyond the answer are kept for the next one. Not safe for several threads.
 */
public final class Answer {

    private static final int CONTINUES = 100;
    private static final int SUCCESSES = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int NO_LENGTH = -1;
    private static final int CHUNKED = -2;
    private static final int STATUS_FROM = "HTTP/1.1 ".length();
    private static final int STATUS_DIGITS = 3;

    /** Room for an ordinary answer in bytes; grows with the largest one seen. */
    private static final int FIRST_ROOM = 16 * 1024;

    private static final byte[] CONTENT_LENGTH = ascii("content-length:");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");
    private static final byte[] CONNECTION = ascii("connection:");
    private static final byte[] CLOSE = ascii("close");

    private byte[] buffer = new byte[FIRST_ROOM];
    private int filled;
    private int next;

    private int status;
    private int bodyFrom;
    private int bodyTo;
    private boolean lastOfConnection;

    /**
     * Reads the next final answer, waiting for it.
     *
     * @throws EOFException if the server closed the connection before the answer was complete
     * @throws ProtocolException if it is no HTTP/1.1 answer, or one whose end cannot be told
     */
    public void read(InputStream in) throws IOException {
        do {
            readOne(in);
        } while (status < SUCCESSES);
    }

    /** Forgets what was read so far: the connection is a new one. */
    public void reset() {
        filled = 0;
        next = 0;
    }

    /** The status, 200 to 599. */
    public int status() {
        return status;
    }

    /** True if the server will close the connection after this answer. */
    public boolean lastOfConnection() {
        return lastOfConnection;
    }

    /** The length of the body in bytes, 0 if there is none. */
    public int bodyLength() {
        return bodyTo - bodyFrom;
    }

    /** The body as UTF-8 text. */
    public String bodyText() {
        return new String(buffer, bodyFrom, bodyTo - bodyFrom, StandardCharsets.UTF_8);
    }

    /** The buffer in which the body and what {@link #find} found stand; valid until the next read. */
    public byte[] buffer() {
        return buffer;
    }

    /** The index in the buffer where the body begins. */
    public int bodyFrom() {
        return bodyFrom;
    }

    /** The index in the buffer where these bytes are first found in the body at or after {@code from}, or -1. */
    public int find(byte[] wanted, int from) {
        return indexOf(buffer, from, bodyTo, wanted);
    }

    /** The text of the first element with this name, taken as it is on the wire. */
    public Optional<String> elementText(String name) {
        byte[] opening = ascii("<" + name + ">");
        int at = find(opening, bodyFrom);
        if (at < 0) {
            return Optional.empty();
        }
        int textFrom = at + opening.length;
        int textTo = find(ascii("</" + name + ">"), textFrom);
        return textTo < 0
                ? Optional.empty()
                : Optional.of(new String(buffer, textFrom, textTo - textFrom, StandardCharsets.UTF_8));
    }

    private void readOne(InputStream in) throws IOException {
        System.arraycopy(buffer, next, buffer, 0, filled - next);
        filled -= next;
        next = 0;
        bodyFrom = fillToEndOfHead(in);
        status = parseStatus();
        int length = parseHeaders();
        if (status < SUCCESSES || status == NO_CONTENT || status == NOT_MODIFIED) {
            bodyTo = bodyFrom;
            next = bodyFrom;
        } else if (length == CHUNKED) {
            readChunks(in);
        } else if (length == NO_LENGTH) {
            throw new ProtocolException("an answer with status " + status + " does not tell its length");
        } else {
            bodyTo = bodyFrom + length;
            fillTo(in, bodyTo);
            next = bodyTo;
        }
    }

    private int fillToEndOfHead(InputStream in) throws IOException {
        int searched = 0;
        while (true) {
            int end = endOfHead(searched);
            if (end > 0) {
                return end;
            }
            searched = Math.max(0, filled - 3);
            fill(in);
        }
    }

    private int endOfHead(int from) {
        for (int i = from; i + 3 < filled; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private int parseStatus() throws IOException {
        if (buffer[0] != 'H' || buffer[1] != 'T' || buffer[2] != 'T' || buffer[3] != 'P') {
            throw new ProtocolException("not an HTTP answer");
        }
        int number = 0;
        for (int i = STATUS_FROM; i < STATUS_FROM + STATUS_DIGITS; i++) {
            number = number * 10 + digit(buffer[i], 10);
        }
        if (number < CONTINUES || number >= 6 * CONTINUES) {
            throw new ProtocolException("not an HTTP status: " + number);
        }
        return number;
    }

    /** The length of the body, or {@link #CHUNKED}, or {@link #NO_LENGTH}. */
    private int parseHeaders() throws IOException {
        int length = NO_LENGTH;
        lastOfConnection = false;
        int line = endOfLine(0) + 2;
        while (line < bodyFrom - 2) {
            int end = endOfLine(line);
            if (lineStartsWith(line, CONTENT_LENGTH)) {
                length = number(line + CONTENT_LENGTH.length, end, 10);
            } else if (lineStartsWith(line, TRANSFER_ENCODING)) {
                length = CHUNKED;
            } else if (lineStartsWith(line, CONNECTION)) {
                lastOfConnection = indexOf(buffer, line, end, CLOSE) > 0;
            }
            line = end + 2;
        }
        return length;
    }

    /** Moves the chunks together, over their own sizes, so that the body is in one piece. */
    private void readChunks(InputStream in) throws IOException {
        int read = bodyFrom;
        bodyTo = bodyFrom;
        while (true) {
            int end = fillToEndOfLine(in, read);
            int size = number(read, end, 16);
            read = end + 2;
            if (size == 0) {
                break;
            }
            fillTo(in, read + size + 2);
            System.arraycopy(buffer, read, buffer, bodyTo, size);
            bodyTo += size;
            read += size + 2;
        }
        int end = fillToEndOfLine(in, read);
        while (end > read) {
            read = end + 2;
            end = fillToEndOfLine(in, read);
        }
        next = end + 2;
    }

    private int fillToEndOfLine(InputStream in, int from) throws IOException {
        int end = endOfLine(from);
        while (end < 0) {
            fill(in);
            end = endOfLine(from);
        }
        return end;
    }

    private int endOfLine(int from) {
        for (int i = from; i + 1 < filled; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean lineStartsWith(int line, byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            int wanted = lowerCase[i];
            int there = buffer[line + i];
            if (there != wanted && (there | 0x20) != wanted) {
                return false;
            }
        }
        return true;
    }

    private int number(int from, int to, int radix) throws IOException {
        int number = 0;
        int at = from;
        while (at < to && buffer[at] == ' ') {
            at++;
        }
        while (at < to && buffer[at] != ' ' && buffer[at] != ';') {
            number = Math.addExact(Math.multiplyExact(number, radix), digit(buffer[at], radix));
            at++;
        }
        return number;
    }

    private static int digit(byte digit, int radix) throws IOException {
        int value = Character.digit(digit, radix);
        if (value < 0) {
            throw new ProtocolException("not a digit: " + (char) digit);
        }
        return value;
    }

    private void fillTo(InputStream in, int wanted) throws IOException {
        while (filled < wanted) {
            fill(in);
        }
    }

    private void fill(InputStream in) throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException(
                    filled == 0 ? "the server closed the connection" : "the answer ended after " + filled + " bytes");
        }
        filled += read;
    }

    private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
