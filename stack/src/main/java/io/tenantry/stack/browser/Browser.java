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
 * <p>Cookies are kept by path and name, and sent whatever their Secure flag says: Keycloak sets it on plain http too when the host
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
    private final Map<Scope, String> cookies = new LinkedHashMap<>();

    /** Realms of one server use the same names, each below its own path. */
    private record Scope(String path, String name) {
        boolean covers(URI uri) {
            String directory = path.endsWith("/") ? path : path + '/';
            return uri.getPath().equals(path) || uri.getPath().startsWith(directory);
        }
    }

    /** Opens an address. */
    public Page open(URI uri) {
        return follow(HttpRequest.newBuilder(uri).GET(), uri);
    }

    /** Sends a form, already URL-encoded, to the address: what a page of another site could make it do. */
    public Page post(URI uri, String form) {
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
        return cookies.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        cookie -> cookie.getKey().name(), Map.Entry::getValue, (first, second) -> second));
    }

    private Page follow(HttpRequest.Builder first, URI start) {
        HttpRequest.Builder request = first;
        URI uri = start;
        for (int i = 0; i < MAX_REDIRECTS; i++) {
            HttpResponse<String> response = send(request, uri);
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

    private HttpResponse<String> send(HttpRequest.Builder request, URI uri) {
        request.timeout(Duration.ofSeconds(60)).header("Accept", "text/html");
        String sent = cookies.entrySet().stream()
                .filter(cookie -> cookie.getKey().covers(uri))
                .map(cookie -> cookie.getKey().name() + '=' + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
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
                Scope scope = new Scope(cookie.getPath() == null ? "/" : cookie.getPath(), cookie.getName());
                if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
                    cookies.remove(scope);
                } else {
                    cookies.put(scope, cookie.getValue());
                }
            }
        }
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getHost().equals(other.getHost()) && one.getPort() == other.getPort();
    }
}
