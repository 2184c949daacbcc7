package io.tenantry.repository;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateMethodModelEx;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Safelist;

/** The theme's own templates, rendered as Keycloak renders them. */
final class LoginTheme {

    static final Path FOLDER = Repository.ROOT.resolve("themes/tenantry/login");
    private static final String BODY = "<#import \"footer.ftl\" as footer>"
            + "<title>${title}</title><header>${kcSanitize(realm.displayNameHtml)?no_esc}</header><@footer.content/>";

    private final Configuration engine;

    LoginTheme() throws IOException {
        engine = engine();
        engine.setDirectoryForTemplateLoading(FOLDER.toFile());
    }

    /** As Keycloak sets it up. */
    static Configuration engine() {
        Configuration engine = new Configuration(Configuration.VERSION_2_3_32);
        engine.setOutputFormat(HTMLOutputFormat.INSTANCE);
        return engine;
    }

    /** A page with a brand, as the jar describes one; without where that is empty, as for a theme that asked for none. */
    String page(Map<String, Object> brand) throws IOException, TemplateException {
        TemplateMethodModelEx msg = arguments ->
                arguments.get(0).toString().equals("loginTitle") ? "Sign in to " + arguments.get(1) : arguments.get(0);
        Map<String, Object> model = new HashMap<>();
        if (!brand.isEmpty()) {
            model.put("tenantryBrand", brand);
        }
        model.put("msg", msg);
        TemplateMethodModelEx sanitize = arguments -> sanitized(arguments.get(0).toString());
        model.put("kcSanitize", sanitize);
        model.put("title", "Sign in to Platform");
        model.put("realm", new RealmBean());
        model.put("url", Map.of("resourcesPath", "/resources/login/tenantry"));
        StringWriter page = new StringWriter();
        new Template("page.ftl", BODY, engine).process(model, page);
        return page.toString();
    }

    /** What Keycloak's template does to the header: decode all there is, then clean with a policy that allows formatting. */
    private static String sanitized(String html) {
        String decoded = html;
        for (int i = 0; i < 5; i++) {
            decoded = Parser.unescapeEntities(decoded, false);
        }
        return Jsoup.clean(
                decoded,
                "https://login.example/",
                Safelist.relaxed().addAttributes(":all", "class").preserveRelativeLinks(true));
    }

    /** As much of Keycloak's bean as the theme reads. */
    public static final class RealmBean {
        public String getDisplayName() {
            return "Platform";
        }

        public String getDisplayNameHtml() {
            return "<b>Platform</b>";
        }
    }
}
