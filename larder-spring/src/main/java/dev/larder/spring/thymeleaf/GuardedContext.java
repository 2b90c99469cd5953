package dev.larder.spring.thymeleaf;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.context.IEngineContext;
import org.thymeleaf.context.IWebContext;
import org.thymeleaf.context.IdentifierSequences;
import org.thymeleaf.engine.TemplateData;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.expression.ExpressionObjects;
import org.thymeleaf.expression.IExpressionObjects;
import org.thymeleaf.inline.IInliner;
import org.thymeleaf.linkbuilder.ILinkBuilder;
import org.thymeleaf.model.IModelFactory;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * The context of a page as a fragment in it sees it: the same variables at the same levels, lazy ones
 * still lazy, and what is one request's or one visitor's is noted.
 *
 * <p>It stands before the page's own context rather than being a copy, since a copy would evaluate lazy
 * variables. Fragments inside see one over this one, so what they read is noted in both.
 */
class GuardedContext implements IEngineContext {

  /** Spring's own view of the request, which has no interface to stand before. */
  private static final Set<String> OF_SPRING =
      Set.of("springRequestContext", "springMacroRequestContext");

  private final IEngineContext below;
  private final FragmentInputs inputs;
  private final @Nullable IInliner ofPage;
  private @Nullable IExpressionObjects objects;
  private boolean isInElement;

  /** Use {@link #over}. */
  GuardedContext(IEngineContext below, FragmentInputs inputs) {
    this.below = below;
    this.inputs = inputs;
    this.ofPage = below.getInliner();
  }

  static GuardedContext over(IEngineContext below, FragmentInputs inputs) {
    return below instanceof IWebContext web
        ? GuardedWebContext.over(below, web, inputs)
        : new GuardedContext(below, inputs);
  }

  /** What the fragment that this context is for has read. */
  FragmentInputs inputs() {
    return inputs;
  }

  // ---- guarded

  @Override
  public @Nullable Object getVariable(String name) {
    if (OF_SPRING.contains(name)) {
      inputs.read("Spring's request context");
    }
    return OneVisitors.noted(below.getVariable(name), name, inputs);
  }

  @Override
  public IExpressionObjects getExpressionObjects() {
    if (objects == null) {
      objects = new ExpressionObjects(this, getConfiguration().getExpressionObjectFactory());
    }
    return objects;
  }

  @Override
  public String buildLink(String base, Map<String, Object> parameters) {
    // By this context, so that a link builder meets the guarded response.
    for (ILinkBuilder builder : getConfiguration().getLinkBuilders()) {
      String link = builder.buildLink(this, base, parameters);
      if (link != null) {
        return link;
      }
    }
    throw new TemplateProcessingException("No link builder could build a link from \"" + base
        + "\" and the parameters " + Objects.toString(parameters));
  }

  /**
   * A template begins with the inliner of its mode. A fragment is no template of its own: what is said
   * before its first element is that, and the page's inliner stays.
   */
  @Override
  public void setInliner(@Nullable IInliner inliner) {
    below.setInliner(isInElement ? inliner : ofPage);
  }

  @Override
  public void setElementTag(@Nullable IProcessableElementTag tag) {
    isInElement = true;
    below.setElementTag(tag);
  }

  // ---- as below

  @Override
  public IEngineConfiguration getConfiguration() {
    return below.getConfiguration();
  }

  @Override
  public Locale getLocale() {
    return below.getLocale();
  }

  @Override
  public boolean containsVariable(String name) {
    return below.containsVariable(name);
  }

  @Override
  public Set<String> getVariableNames() {
    return below.getVariableNames();
  }

  @Override
  public TemplateData getTemplateData() {
    return below.getTemplateData();
  }

  @Override
  public TemplateMode getTemplateMode() {
    return below.getTemplateMode();
  }

  @Override
  public List<TemplateData> getTemplateStack() {
    return below.getTemplateStack();
  }

  @Override
  public List<IProcessableElementTag> getElementStack() {
    return below.getElementStack();
  }

  @Override
  public Map<String, Object> getTemplateResolutionAttributes() {
    return below.getTemplateResolutionAttributes();
  }

  @Override
  public IModelFactory getModelFactory() {
    return below.getModelFactory();
  }

  @Override
  public boolean hasSelectionTarget() {
    return below.hasSelectionTarget();
  }

  @Override
  public @Nullable Object getSelectionTarget() {
    return below.getSelectionTarget();
  }

  @Override
  public @Nullable IInliner getInliner() {
    return below.getInliner();
  }

  @Override
  public @Nullable String getMessage(
      @Nullable Class<?> origin,
      String key,
      @Nullable Object @Nullable [] parameters,
      boolean useAbsentRepresentation) {
    return below.getMessage(origin, key, parameters, useAbsentRepresentation);
  }

  @Override
  public IdentifierSequences getIdentifierSequences() {
    return below.getIdentifierSequences();
  }

  @Override
  public void setVariable(String name, @Nullable Object value) {
    below.setVariable(name, value);
  }

  @Override
  public void setVariables(Map<String, Object> variables) {
    below.setVariables(variables);
  }

  @Override
  public void removeVariable(String name) {
    below.removeVariable(name);
  }

  @Override
  public void setSelectionTarget(@Nullable Object target) {
    below.setSelectionTarget(target);
  }

  @Override
  public void setTemplateData(TemplateData template) {
    below.setTemplateData(template);
  }

  @Override
  public List<IProcessableElementTag> getElementStackAbove(int level) {
    return below.getElementStackAbove(level);
  }

  @Override
  public boolean isVariableLocal(String name) {
    return below.isVariableLocal(name);
  }

  @Override
  public void increaseLevel() {
    below.increaseLevel();
  }

  @Override
  public void decreaseLevel() {
    below.decreaseLevel();
  }

  @Override
  public int level() {
    return below.level();
  }
}
