package io.bida.topic;

import io.bida.error.ServiceException;
import io.bida.queue.QueueName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Reads an endpoint as a client writes it. */
final class EndpointText {

    private static final String QUEUE = "acs:mns:";
    private static final String QUEUES = "queues/";
    private static final String MAIL = "mail:directmail:";
    private static final String SHORT_MESSAGE = "sms:directsms:";
    private static final String ANYBODY = "anonymous";

    private EndpointText() {}

    static Endpoint parse(String text) {
        if (text.length() > Endpoint.MAX_LENGTH) {
            throw new InvalidEndpointException("it is longer than " + Endpoint.MAX_LENGTH + " characters");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidEndpointException("it has characters other than visible ASCII");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return http(text);
        }
        if (text.startsWith(QUEUE)) {
            return queue(text);
        }
        if (text.startsWith(MAIL)) {
            return mail(text);
        }
        if (text.startsWith(SHORT_MESSAGE)) {
            return shortMessage(text);
        }
        throw new InvalidEndpointException("it is neither http, https, a queue, mail nor sms");
    }

    private static Endpoint http(String text) {
        URI address;
        try {
            address = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new InvalidEndpointException("it is not a URL");
        }
        if (address.getHost() == null || address.getPort() == 0 || address.getPort() > 65535) {
            throw new InvalidEndpointException("it names no host and port");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new InvalidEndpointException("it has a user or a fragment");
        }
        return new Endpoint.Http(text, address);
    }

    /** {@code acs:mns:{region}:{account}:queues/{queue}}. */
    private static Endpoint queue(String text) {
        String[] parts = text.split(":", 5);
        if (parts.length != 5 || !parts[4].startsWith(QUEUES)) {
            throw new InvalidEndpointException("a queue is named acs:mns:REGION:ACCOUNT:queues/QUEUE");
        }
        try {
            return new Endpoint.ToQueue(text, parts[3], new QueueName(parts[4].substring(QUEUES.length())));
        } catch (ServiceException e) {
            throw new InvalidEndpointException("it has no valid name of a queue");
        }
    }

    private static Endpoint mail(String text) {
        String address = text.substring(MAIL.length());
        int at = address.indexOf('@');
        if (at < 1 || at != address.lastIndexOf('@') || at == address.length() - 1) {
            throw new InvalidEndpointException("it has no mail address");
        }
        return new Endpoint.Mail(text, address);
    }

    private static Endpoint shortMessage(String text) {
        String phone = text.substring(SHORT_MESSAGE.length());
        if (phone.equals(ANYBODY)) {
            return new Endpoint.ShortMessage(text, Optional.empty());
        }
        String digits = phone.startsWith("+") ? phone.substring(1) : phone;
        if (digits.isEmpty() || digits.length() > 20 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidEndpointException("it has no phone number");
        }
        return new Endpoint.ShortMessage(text, Optional.of(phone));
    }
}
