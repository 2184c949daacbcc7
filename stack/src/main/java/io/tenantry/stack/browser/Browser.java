package io.tenantry.stack.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Follows redirects, keeps cookies, submits forms. One instance is one browser profile: what shares it shares the single
 * sign-on session.
 *
 * <p>It stops where a redirect leads to another origin than the one it was opened on, which is where the application
 * takes over: {@link Page#uri()} is then the redirect's target, with the code in its query.
 *
 * <p>Cookies are kept by name, and sent whatever their Secure flag says: Keycloak sets it on plain http too when the host
 * is this machine, as real browsers treat that as secure, and Java's own cookie manager does not.
 */
public final class Browser {
    private static final int MAX_REDIRECTS = 20;
    private static final int SEE_OTHER = 303;
    private static final int FOUND = 302;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** Opens an address. */
    public Page open(URI uri) {
        return follow(HttpRequest.newBuilder(uri).GET(), uri);
    }

    /** Sends a form to the address, URL-encoded, as from the given page. */
    Page post(URI uri, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return follow(request, uri);
    }

    /** Forgets every cookie, as a fresh profile. */
    public void clear() {
        cookies.clear();
    }

    /** The names of the cookies it holds and their values. */
    public Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    private Page follow(HttpRequest.Builder first, URI start) {
        HttpRequest.Builder request = first;
        URI uri = start;
        for (int i = 0; i < MAX_REDIRECTS; i++) {
            HttpResponse<String> response = send(request);
            keepCookies(response);
            String location = response.headers().firstValue("Location").orElse(null);
            boolean redirect =
                    location != null && (response.statusCode() == FOUND || response.statusCode() == SEE_OTHER);
            if (!redirect) {
                return new Page(this, uri, response.statusCode(), response.body());
            }
            URI target = uri.resolve(location);
            if (!sameOrigin(uri, target)) {
                return new Page(this, target, response.statusCode(), "");
            }
            uri = target;
            request = HttpRequest.newBuilder(uri).GET();
        }
        throw new IllegalStateException("more than " + MAX_REDIRECTS + " redirects from " + start);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        request.timeout(Duration.ofSeconds(60)).header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void keepCookies(HttpResponse<?> response) {
        for (String header : response.headers().allValues("Set-Cookie")) {
            for (HttpCookie cookie : HttpCookie.parse(header)) {
                if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
                    cookies.remove(cookie.getName());
                } else {
                    cookies.put(cookie.getName(), cookie.getValue());
                }
            }
        }
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getHost().equals(other.getHost()) && one.getPort() == other.getPort();
    }
}
