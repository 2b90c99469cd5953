package dev.larder.spring.thymeleaf;

import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.annotation.CallerIdentity;
import dev.larder.testkit.FakeTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.extras.springsecurity6.dialect.SpringSecurityDialect;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.AbstractConfigurableTemplateResolver;
import org.thymeleaf.templateresource.ITemplateResource;
import org.thymeleaf.templateresource.StringTemplateResource;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** A template engine over a larder in memory, templates by name, and one request. */
final class Page implements AutoCloseable {

  final FakeTime time = new FakeTime();
  final Larder larder = Larder.builder().keyPrefix("pages").time(time).build();
  final Map<String, String> templates = new LinkedHashMap<>();
  final Map<String, Object> model = new HashMap<>();
  final MockServletContext application = new MockServletContext();
  MockHttpServletRequest request = new MockHttpServletRequest(application);
  MockHttpServletResponse response = new MockHttpServletResponse();
  final SpringTemplateEngine engine = new SpringTemplateEngine();

  Page() {
    this(CachePolicies.none());
  }

  Page(CachePolicies policies) {
    this(policies, CallerIdentity.orDefault(null));
  }

  Page(CachePolicies policies, CallerIdentity identity) {
    Templates resolver = new Templates();
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCacheable(false);
    engine.setTemplateResolver(resolver);
    engine.addDialect(new SpringSecurityDialect());
    engine.addDialect(LarderDialect.on(new FragmentCaches(larder, policies, identity)));
  }

  private final class Templates extends AbstractConfigurableTemplateResolver {

    @Override
    protected ITemplateResource computeTemplateResource(
        IEngineConfiguration configuration,
        @Nullable String owner,
        String template,
        String resourceName,
        @Nullable String encoding,
        Map<String, Object> attributes) {
      return new StringTemplateResource(templates.get(template));
    }
  }

  Page template(String name, String text) {
    templates.put(name, text);
    return this;
  }

  Page with(String name, Object value) {
    model.put(name, value);
    return this;
  }

  /** As a mail would be, outside of any request. */
  String render(String template) {
    return engine.process(template, new Context(Locale.ENGLISH, model));
  }

  /** As a view of the request. */
  String get(String template) {
    return get(template, Locale.ENGLISH);
  }

  /** As a view of the request in a language. */
  String get(String template, Locale language) {
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request, response));
    try {
      return engine.process(
          template,
          new WebContext(
              JakartaServletWebApplication.buildApplication(application)
                  .buildExchange(request, response),
              language,
              model));
    } finally {
      RequestContextHolder.resetRequestAttributes();
    }
  }

  long loads(String cache) {
    return larder.stats().stream()
        .filter(each -> each.cache().equals(cache))
        .mapToLong(each -> each.loads())
        .sum();
  }

  @Override
  public void close() {
    larder.close();
  }
}
