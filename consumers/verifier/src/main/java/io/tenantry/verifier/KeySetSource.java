package io.tenantry.verifier;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.text.ParseException;

/** Fetches a realm's key set, from the address of the settings and no other. */
final class KeySetSource extends DefaultResourceRetriever implements PublishedKeys.Source {
    private final URL url;

    private KeySetSource(KeySettings settings, URL url) {
        super(
                Math.toIntExact(settings.connectTimeout().toMillis()),
                Math.toIntExact(settings.readTimeout().toMillis()),
                settings.maxBytes());
        this.url = url;
    }

    static KeySetSource over(KeySettings settings) {
        try {
            return new KeySetSource(settings, settings.jwksUri().toURL());
        } catch (MalformedURLException e) {
            throw Settings.invalid("jwksUri", settings.jwksUri(), "it cannot be fetched from");
        }
    }

    @Override
    public JWKSet fetch() throws IOException, ParseException {
        return JWKSet.parse(retrieveResource(url).getContent());
    }

    /** A redirect would lead to an address that nobody has looked at, over plain http at that. */
    @Override
    protected HttpURLConnection openHTTPConnection(URL address) throws IOException {
        HttpURLConnection connection = super.openHTTPConnection(address);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }
}
