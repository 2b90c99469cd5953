package dev.larder.spring.thymeleaf;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.RequestContext;
import org.thymeleaf.context.IEngineContext;
import org.thymeleaf.context.IWebContext;
import org.thymeleaf.context.WebEngineContext;
import org.thymeleaf.spring6.naming.SpringContextVariableNames;
import org.thymeleaf.web.IWebExchange;
import org.thymeleaf.web.servlet.IServletWebExchange;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** The same for a page of a web application: request and response are guarded too. */
final class GuardedWebContext extends GuardedContext implements IWebContext {

  private static final String SESSION = "session";

  /** Variables that a context makes of its request. */
  private static final Set<String> OF_REQUEST = Set.of(SESSION, "param");

  private final IWebExchange exchange;
  private final WebEngineContext ofRequest;

  private final @Nullable Object forms;

  private GuardedWebContext(IEngineContext below, IWebExchange guarded, FragmentInputs inputs) {
    super(below, inputs);
    this.exchange = guarded;
    this.forms = forms(below, guarded, inputs);
    this.ofRequest = new WebEngineContext(
        below.getConfiguration(),
        below.getTemplateData(),
        Map.of(),
        guarded,
        below.getLocale(),
        Map.of());
  }

  private static @Nullable Object forms(
      IEngineContext below, IWebExchange guarded, FragmentInputs inputs) {
    Object there = below.getVariable(SpringContextVariableNames.THYMELEAF_REQUEST_CONTEXT);
    if (there instanceof GuardedForms outer) {
      return outer.within(inputs);
    }
    return there != null
            && below.getVariable(SpringContextVariableNames.SPRING_REQUEST_CONTEXT)
                instanceof RequestContext spring
            && guarded instanceof IServletWebExchange servlet
            && servlet.getNativeRequestObject() instanceof HttpServletRequest request
        ? new GuardedForms(spring, request, inputs)
        : there;
  }

  static GuardedContext over(IEngineContext below, IWebContext web, FragmentInputs inputs) {
    if (web.getExchange() instanceof IServletWebExchange servlet
        && servlet.getNativeRequestObject() instanceof HttpServletRequest request
        && servlet.getNativeResponseObject() instanceof HttpServletResponse response
        && servlet.getApplication().getNativeServletContextObject()
            instanceof ServletContext application) {
      GuardedRequest watched = new GuardedRequest(request, inputs);
      // An exchange looks for the session when it is made, and keeps it; see getVariable.
      watched.isQuiet(true);
      IWebExchange guarded = JakartaServletWebApplication.buildApplication(application)
          .buildExchange(watched, new GuardedResponse(response, inputs));
      watched.isQuiet(false);
      return new GuardedWebContext(below, guarded, inputs);
    }
    // Not a servlet: nothing of its request is guarded, so nothing may be stored.
    inputs.read("a request that is not of the servlet API");
    return new GuardedWebContext(below, web.getExchange(), inputs);
  }

  @Override
  public IWebExchange getExchange() {
    return exchange;
  }

  @Override
  public @Nullable Object getVariable(String name) {
    if (name.equals(SESSION)) {
      inputs().read("session");
    }
    if (name.equals(SpringContextVariableNames.THYMELEAF_REQUEST_CONTEXT)) {
      return forms;
    }
    return OF_REQUEST.contains(name) ? ofRequest.getVariable(name) : super.getVariable(name);
  }
}
