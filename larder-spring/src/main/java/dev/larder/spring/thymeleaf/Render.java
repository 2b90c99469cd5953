package dev.larder.spring.thymeleaf;

import dev.larder.Loading;
import java.io.StringWriter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IEngineContext;
import org.thymeleaf.engine.TemplateModel;

/** One render of a fragment's body, as the loader of its cache. One thread. */
final class Render {

  private final Thread thread = Thread.currentThread();
  private final FragmentDeclaration declared;
  private final Body body;
  private final IEngineContext page;
  private @Nullable String markup;
  private @Nullable Throwable failure;
  private @Nullable String refusal;

  Render(FragmentDeclaration declared, Body body, IEngineContext page) {
    this.declared = declared;
    this.body = body;
    this.page = page;
  }

  /** Renders, and says to the load what is to be said of the entry. */
  String run() {
    if (!Thread.currentThread().equals(thread)) {
      throw new IllegalStateException("a fragment is rendered on its request's thread only");
    }
    try {
      FragmentInputs inputs = new FragmentInputs(declared.scope());
      String rendered = render(inputs);
      Loading loading = Objects.requireNonNull(Loading.current());
      refusal = inputs.refusal();
      if (refusal != null) {
        loading.doNotStore(declared.place() + ": " + refusal
            + "; pass it by larder:key, choose a larder:scope, or take it out of the fragment");
      } else {
        loading.tags(tags());
      }
      markup = rendered;
      return rendered;
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
      throw thrown;
    }
  }

  private String render(FragmentInputs inputs) {
    // With the name and lines of its template, so that faults name them and "~{:: x}" works.
    TemplateModel template = body.template(page.getConfiguration(), page.getTemplateData());
    StringWriter writer = new StringWriter();
    Runnable endAttributes = GuardedAttributes.install(inputs);
    try {
      Runnable endAudience = FragmentAudience.guard(declared.scope(), inputs);
      try {
        page.getConfiguration()
            .getTemplateManager()
            .process(template, GuardedContext.over(page, inputs), writer);
      } finally {
        endAudience.run();
      }
    } finally {
      endAttributes.run();
    }
    return writer.toString();
  }

  private Set<String> tags() {
    Set<String> tags = new LinkedHashSet<>();
    for (Object value :
        FragmentExpressions.values("larder:tags", declared.tags(), declared, page)) {
      if (value instanceof Collection<?> many) {
        many.forEach(each -> tags.add(String.valueOf(each)));
      } else if (value == null) {
        throw FragmentDeclaration.fault(
            declared.place(),
            "one of larder:tags \"" + declared.tags() + "\" is null",
            "name what is there");
      } else {
        tags.add(String.valueOf(value));
      }
    }
    return tags;
  }

  /** What came out; null if this render did not run or failed. */
  @Nullable String markup() {
    return markup;
  }

  /** What it threw; null if nothing. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Why the markup is not stored; null if it may be. */
  @Nullable String refusal() {
    return refusal;
  }
}
