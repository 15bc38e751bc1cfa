package io.bida.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What nodes say to each other about leaving: a question is a version and a kind (1 byte each), an answer a version and
 * a verdict (1 byte each) and, in UTF-8, what is waited for.
 */
final class DepartureForm {

    private static final byte VERSION = 1;
    private static final int HEAD = 2;

    private DepartureForm() {}

    /** What a node that is to stop says. */
    enum Question {
        /** It is to stop; it does not ask yet. */
        WANTS(1),
        /** May it? */
        ASKS(2),
        /** It hands over: take what it has. */
        HANDS_OVER(3),
        /** All members are to stop. */
        ALL_GO(4);

        private final byte code;

        Question(int code) {
            this.code = (byte) code;
        }

        byte[] bytes() {
            return new byte[] {VERSION, code};
        }

        static Question of(byte[] bytes) {
            return Arrays.stream(values())
                    .filter(each -> bytes.length == HEAD && bytes[0] == VERSION && bytes[1] == each.code)
                    .findAny()
                    .orElseThrow(
                            () -> new IllegalArgumentException("a question of a form that this release does not know"));
        }
    }

    /** What a node that is to stop may do. */
    enum Verdict {
        /** Serve on, and ask again. */
        WAIT(1),
        /** Hand over to those that stay, then go. */
        HAND_OVER(2),
        /** Go at once: all others do the same. */
        ALL_GO(3);

        private final byte code;

        Verdict(int code) {
            this.code = (byte) code;
        }
    }

    /**
     * What it is told.
     *
     * @param reason what is waited for; empty if nothing is
     */
    record Answer(Verdict verdict, String reason) {

        static final Answer HAND_OVER = new Answer(Verdict.HAND_OVER, "");
        static final Answer ALL_GO = new Answer(Verdict.ALL_GO, "");

        static Answer waitFor(String reason) {
            return new Answer(Verdict.WAIT, reason);
        }

        byte[] bytes() {
            byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            byte[] all = new byte[HEAD + text.length];
            all[0] = VERSION;
            all[1] = verdict.code;
            System.arraycopy(text, 0, all, HEAD, text.length);
            return all;
        }

        static Answer of(byte[] bytes) {
            return Arrays.stream(Verdict.values())
                    .filter(each -> bytes.length >= HEAD && bytes[0] == VERSION && bytes[1] == each.code)
                    .findAny()
                    .map(verdict ->
                            new Answer(verdict, new String(bytes, HEAD, bytes.length - HEAD, StandardCharsets.UTF_8)))
                    .orElseGet(() -> waitFor("an answer of a form that this release does not know"));
        }
    }
}
