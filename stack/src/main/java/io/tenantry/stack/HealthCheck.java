package io.tenantry.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Keycloak's own readiness. The log line "Started in …" comes too early: requests get 503 until bootstrap has ended. */
final class HealthCheck {
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final HttpRequest request;

    HealthCheck(URI managementUri) {
        this.request = HttpRequest.newBuilder(managementUri.resolve("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    boolean ready() {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for Keycloak", e);
        }
    }
}
