package dev.larder.web.spring;

import dev.larder.Cache;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.web.RequestKey;
import dev.larder.web.ResponseRule;
import dev.larder.web.StoredResponse;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Reads the declarations of all handlers when the application starts; a wrong one stops it. */
final class HandlerRules implements SmartInitializingSingleton {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.web");

  private final ApplicationContext context;
  private final ObjectProvider<Larder> larder;
  private final ObjectProvider<Cache<RequestKey, StoredResponse>> caches;
  private final LarderWebProperties properties;
  private final HandlerRoutes routes;

  HandlerRules(
      ApplicationContext context,
      ObjectProvider<Larder> larder,
      ObjectProvider<Cache<RequestKey, StoredResponse>> caches,
      LarderWebProperties properties,
      HandlerRoutes routes) {
    this.context = context;
    this.larder = larder;
    this.caches = caches;
    this.properties = properties;
    this.routes = routes;
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<HandlerMapping> mappings = new ArrayList<>(
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class, true, false)
            .values());
    AnnotationAwareOrderComparator.sort(mappings);
    Map<String, Cache<RequestKey, StoredResponse>> shared = new TreeMap<>();
    caches.orderedStream().forEach(cache -> shared.put(cache.name(), cache));
    RuleReader reader = new RuleReader(
        larder.getObject(),
        shared,
        context.getEnvironment()::resolveRequiredPlaceholders,
        properties.l1Size().toBytes());
    List<String> faults = new ArrayList<>();
    Map<Method, ResponseRule> rules = new HashMap<>();
    for (HandlerMapping mapping : mappings) {
      if (mapping instanceof RequestMappingInfoHandlerMapping handlers) {
        read(handlers.getHandlerMethods(), reader, rules, faults);
      }
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(String.join("\n", faults));
    }
    routes.set(mappings, rules);
    checkServlet(rules);
    sayWhatSecurityDoes(rules);
  }

  private static void read(
      Map<RequestMappingInfo, HandlerMethod> handlers,
      RuleReader reader,
      Map<Method, ResponseRule> rules,
      List<String> faults) {
    Map<Method, HandlerMethod> methods = new LinkedHashMap<>();
    Map<Method, RequestMappingInfo> infos = new HashMap<>();
    handlers.forEach((info, handler) -> {
      methods.put(handler.getMethod(), handler);
      infos.merge(handler.getMethod(), info, RequestMappingInfo::combine);
    });
    methods.forEach((method, handler) -> {
      RequestMappingInfo info = infos.get(method);
      ResponseRule rule = info == null ? null : reader.read(handler, info, faults);
      if (rule != null) {
        rules.put(method, rule);
      }
    });
  }

  /** A warning, no fault: in tests with mocks there is no servlet at all. */
  private void checkServlet(Map<Method, ResponseRule> rules) {
    ServletContext servlets =
        context instanceof WebApplicationContext web ? web.getServletContext() : null;
    if (!rules.isEmpty()
        && servlets != null
        && servlets.getServletRegistration(properties.servletName()) == null) {
      logger.warn(
          "larder.web.servlet-name: there is no servlet \"{}\", so no response is cached; name the"
              + " one that runs the handlers",
          properties.servletName());
    }
  }

  private void sayWhatSecurityDoes(Map<Method, ResponseRule> rules) {
    if (rules.isEmpty() || !context.containsBean("springSecurityFilterChain")) {
      return;
    }
    TreeSet<String> names = new TreeSet<>();
    rules
        .keySet()
        .forEach(method ->
            names.add(method.getDeclaringClass().getSimpleName() + "." + method.getName()));
    logger.info(
        "Spring Security sends \"Cache-Control: no-cache, no-store, max-age=0, must-revalidate\" with"
            + " every response. What is stored of these handlers is sent with their own Cache-Control"
            + " in its place: {}. All other responses keep it.",
        names);
  }
}
