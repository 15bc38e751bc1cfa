package io.bida.api.xml;

import io.bida.account.AccountAttributes;
import io.bida.account.AccountId;
import io.bida.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code <Account>}: an account's settings, or its id. Source: wire specification 9. */
public final class AccountDocument {

    private static final Element ROOT = Element.root("Account");
    private static final Element LOGGING_BUCKET = Element.of("LoggingBucket");
    private static final Element ACCOUNT_ID = Element.of("AccountId");

    private AccountDocument() {}

    /**
     * The logging bucket a client names, if it names one.
     *
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another (InvalidArgument)
     */
    public static Optional<String> readLoggingBucket(byte[] body) {
        List<String> buckets = new ArrayList<>(1);
        XMLReader.readChildren(body, "Account", xml -> {
            if (xml.name().equals("LoggingBucket")) {
                buckets.add(xml.text().strip());
            } else {
                xml.skip();
            }
        });
        return buckets.stream().reduce((before, last) -> last);
    }

    /** The settings; {@code LoggingBucket} is there also when empty, the one exception to rule 3.2. */
    public static byte[] write(AccountAttributes attributes) {
        return new XMLWriter(256)
                .start(ROOT)
                .element(LOGGING_BUCKET, attributes.loggingBucket())
                .end(ROOT)
                .toByteArray();
    }

    /** The id alone, as the oldest clients ask for it. */
    public static byte[] write(AccountId account) {
        return new XMLWriter(256)
                .start(ROOT)
                .element(ACCOUNT_ID, account.value())
                .end(ROOT)
                .toByteArray();
    }
}
