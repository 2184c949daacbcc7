package io.tenantry.admin;

import io.tenantry.branding.Palette;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * {@code GET …/brand/<colors>.css}: a style sheet with a brand's colours, so that pages need no inline style. It is
 * made of its address alone, four colours and nothing else, so it tells nothing of any lender.
 */
public final class BrandResource {
    private static final MediaType CSS = new MediaType("text", "css", "utf-8");

    /** A version of this pack may make other shades of the same colours, so not for ever. */
    private static final String ONE_DAY = "public, max-age=86400";

    /** Makes it. */
    @GET
    @Path("{colors}.css")
    public Response style(@PathParam("colors") String colors) {
        return Palette.parse(colors)
                .map(palette -> Response.ok(palette.css(), CSS)
                        .header("Cache-Control", ONE_DAY)
                        .build())
                .orElseGet(() -> Response.status(Response.Status.NOT_FOUND).build());
    }
}
