package io.tenantry.stack.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantry.stack.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The few requests that the walk makes beside the browser's. */
final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** Posts a form, to the token endpoint for example. */
    Answer postForm(URI uri, Map<String, String> form) {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Form.encode(form))));
    }

    Answer get(URI uri, String bearer) {
        return send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + bearer));
    }

    Answer putJson(URI uri, String bearer, Object body) {
        try {
            return send(HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + bearer)
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + body.getClass(), e);
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Answer(response.statusCode(), JSON.readTree(body.isEmpty() ? "null" : body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException("interrupted");
        }
    }

    /** A status and a JSON body, null where it was empty. */
    record Answer(int status, JsonNode body) {
        /** A text field of the body. */
        String text(String field) {
            JsonNode value = body.get(field);
            if (value == null) {
                throw new StepFailedException("an answer with status " + status + " lacks the field " + field
                        + "; it has "
                        + body.properties().stream().map(Map.Entry::getKey).toList());
            }
            return value.asText();
        }
    }
}
