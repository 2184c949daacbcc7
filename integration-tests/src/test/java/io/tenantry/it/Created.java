package io.tenantry.it;

import io.restassured.response.Response;

/** What the admin API answers to a creation. */
final class Created {
    private Created() {}

    /** The id at the end of the Location header. */
    static String id(Response response) {
        response.then().statusCode(201);
        String location = response.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
