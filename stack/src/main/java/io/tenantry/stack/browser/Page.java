package io.tenantry.stack.browser;

import io.tenantry.stack.Form;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a browser shows: a page, or the address at another origin that it was sent to. */
public final class Page {
    private final Browser browser;
    private final URI uri;
    private final int status;
    private final String body;

    Page(Browser browser, URI uri, int status, String body) {
        this.browser = browser;
        this.uri = uri;
        this.status = status;
        this.body = body;
    }

    /** The address, after all redirects. */
    public URI uri() {
        return uri;
    }

    /** The HTTP status; a redirect's own where it led to another origin. */
    public int status() {
        return status;
    }

    /** The page's text as it was sent. */
    public String body() {
        return body;
    }

    /** The page, parsed. */
    public Document document() {
        return Jsoup.parse(body, uri.toString());
    }

    /** What people read on it, in one line; for error messages and assertions. */
    public String text() {
        return document().text();
    }

    /** Whether it has a field of this name to fill in or choose. */
    public boolean hasField(String name) {
        return document().selectFirst("form [name=" + quoted(name) + "]") != null;
    }

    /** A parameter of the address, such as {@code code} or {@code error} at the application. */
    public Optional<String> parameter(String name) {
        String query = uri.getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts[0].equals(name)) {
                return Optional.of(URLDecoder.decode(parts.length == 2 ? parts[1] : "", StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /**
     * Submits the page's first form that has all these fields, or its only form where none are given, with its hidden
     * fields as they are.
     *
     * @throws IllegalStateException with the page's text, if there is no such form
     */
    public Page submit(Map<String, String> values) {
        Document document = document();
        Element form = document.select("form").stream()
                .filter(candidate -> values.keySet().stream()
                        .allMatch(name -> candidate.selectFirst("[name=" + quoted(name) + "]") != null))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no form with the fields " + values.keySet() + " on "
                        + uri.getPath() + " (" + status + "), which says: " + document.text()));
        Map<String, String> fields = new LinkedHashMap<>();
        for (Element hidden : form.select("input[type=hidden]")) {
            fields.put(hidden.attr("name"), hidden.attr("value"));
        }
        fields.putAll(values);
        return browser.post(URI.create(form.absUrl("action")), Form.encode(fields));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    @Override
    public String toString() {
        return status + " " + uri.getPath();
    }
}
