package dev.larder.spring.thymeleaf;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;
import org.springframework.web.servlet.support.RequestContext;
import org.thymeleaf.spring6.context.IThymeleafBindStatus;
import org.thymeleaf.spring6.context.IThymeleafRequestDataValueProcessor;
import org.thymeleaf.spring6.context.webmvc.SpringWebMvcThymeleafRequestContext;

/**
 * What forms take from Spring: hidden fields (a CSRF token is one), values that were typed in, and their
 * faults. All of it is one visitor's.
 */
final class GuardedForms extends SpringWebMvcThymeleafRequestContext {

  private static final String TYPED = "what was typed into a form";

  private final RequestContext below;
  private final HttpServletRequest request;
  private final FragmentInputs inputs;
  private final @Nullable GuardedForms outer;

  GuardedForms(RequestContext below, HttpServletRequest request, FragmentInputs inputs) {
    this(below, request, inputs, null);
  }

  private GuardedForms(
      RequestContext below,
      HttpServletRequest request,
      FragmentInputs inputs,
      @Nullable GuardedForms outer) {
    super(below, request);
    this.below = below;
    this.request = request;
    this.inputs = inputs;
    this.outer = outer;
  }

  /** The same for a fragment inside: what it reads is noted for both. */
  GuardedForms within(FragmentInputs inner) {
    return new GuardedForms(below, request, inner, this);
  }

  private void read(String input) {
    inputs.read(input);
    if (outer != null) {
      outer.read(input);
    }
  }

  @Override
  public IThymeleafRequestDataValueProcessor getRequestDataValueProcessor() {
    return new Values(super.getRequestDataValueProcessor(), this);
  }

  @Override
  public IThymeleafBindStatus getBindStatus(String path) {
    read(TYPED);
    return super.getBindStatus(path);
  }

  @Override
  public IThymeleafBindStatus getBindStatus(String path, boolean htmlEscape) {
    read(TYPED);
    return super.getBindStatus(path, htmlEscape);
  }

  @Override
  public Optional<Errors> getErrors(String name) {
    read(TYPED);
    return super.getErrors(name);
  }

  @Override
  public Optional<Errors> getErrors(String name, boolean htmlEscape) {
    read(TYPED);
    return super.getErrors(name, htmlEscape);
  }

  @Override
  public String getRequestPath() {
    read("path of the request");
    return super.getRequestPath();
  }

  @Override
  public @Nullable String getQueryString() {
    read("query string");
    return super.getQueryString();
  }

  /** A processor that changes what it is given, or adds to it, does so for one request. */
  private record Values(IThymeleafRequestDataValueProcessor below, GuardedForms forms)
      implements IThymeleafRequestDataValueProcessor {

    @Override
    public @Nullable String processAction(String action, String method) {
      return noted(action, below.processAction(action, method));
    }

    @Override
    public @Nullable String processFormFieldValue(String name, String value, String type) {
      return noted(value, below.processFormFieldValue(name, value, type));
    }

    @Override
    public @Nullable Map<String, String> getExtraHiddenFields() {
      Map<String, String> hidden = below.getExtraHiddenFields();
      if (hidden != null && !hidden.isEmpty()) {
        forms.read("hidden fields of a form (CSRF token)");
      }
      return hidden;
    }

    @Override
    public @Nullable String processUrl(String url) {
      return noted(url, below.processUrl(url));
    }

    private @Nullable String noted(@Nullable String given, @Nullable String made) {
      if (given != null && !given.equals(made)) {
        forms.read("what the RequestDataValueProcessor makes of a URL or field");
      }
      return made;
    }
  }
}
