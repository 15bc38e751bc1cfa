package io.bida.it.rest;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The request documents of queues and messages, as strings a test can also spoil. */
public final class Documents {

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String NAMESPACE = " xmlns=\"http://mns.aliyuncs.com/doc/v1/\"";

    private Documents() {}

    /** An element with text. */
    public static String element(String name, Object value) {
        return "<" + name + ">" + escape(String.valueOf(value)) + "</" + name + ">";
    }

    /** A {@code Queue} document with these child elements. */
    public static String queue(String... children) {
        return document("Queue", children);
    }

    /** A {@code Message} document with a body and these further child elements. */
    public static String message(String body, String... children) {
        return document("Message", element("MessageBody", body) + String.join("", children));
    }

    /** A {@code Message} without declaration and namespace, to stand in a batch. */
    public static String entry(String body, String... children) {
        return "<Message>" + element("MessageBody", body) + String.join("", children) + "</Message>";
    }

    /** A {@code Messages} document with these entries. */
    public static String messages(String... entries) {
        return document("Messages", entries);
    }

    /** A {@code ReceiptHandles} document. */
    public static String receiptHandles(String... handles) {
        return document(
                "ReceiptHandles",
                Arrays.stream(handles).map(h -> element("ReceiptHandle", h)).collect(Collectors.joining()));
    }

    /** A document with this root and these child elements. */
    public static String document(String root, String... children) {
        return DECLARATION + "<" + root + NAMESPACE + ">" + String.join("", children) + "</" + root + ">";
    }

    /** Text as XML content. A carriage return must be named by number, or every parser turns it into a line feed. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }
}
