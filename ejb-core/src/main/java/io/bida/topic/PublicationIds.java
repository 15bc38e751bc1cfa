package io.bida.topic;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for published messages: unique, without asking anybody. Safe for use by any thread.
 *
 * <p>Form: two groups of 16 upper-case hex digits, {@code RUN-NUMBER}. The first is drawn by chance when the node
 * starts (64 bits), the second counts. Clients treat it as opaque text.
 */
@ApplicationScoped
public class PublicationIds {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String run = HEX.toHexDigits(new SecureRandom().nextLong());
    private final AtomicLong number = new AtomicLong();

    /** A name that was never given out. */
    String next() {
        return run + '-' + HEX.toHexDigits(number.incrementAndGet());
    }
}
