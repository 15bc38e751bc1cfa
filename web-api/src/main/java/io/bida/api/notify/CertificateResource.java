package io.bida.api.notify;

import io.bida.api.signature.Unsigned;
import io.bida.notify.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/**
 * The certificate by which receivers check that a push is from here; its address is in each push, so anybody may have
 * it (wire specification 10.2).
 */
@Path(SigningKeys.CERTIFICATE_PATH)
@Unsigned
@ApplicationScoped
public class CertificateResource {

    private static final String PEM = "application/x-pem-file";

    /** How long receivers may keep it: an hour, our choice; a new key is seen soon, and most pushes ask nobody. */
    private static final String FOR_AN_HOUR = "public, max-age=3600";

    @Inject
    SigningKeys keys;

    /** The certificate, X.509 in PEM: 200. Refuses while the key cannot be read (ServiceUnavailable). */
    @GET
    public Response getCertificate() {
        return Response.ok(keys.get().certificatePem().getBytes(StandardCharsets.US_ASCII), PEM)
                .header(HttpHeaders.CACHE_CONTROL, FOR_AN_HOUR)
                .build();
    }
}
