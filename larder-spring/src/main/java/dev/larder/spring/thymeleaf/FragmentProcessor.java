package dev.larder.spring.thymeleaf;

import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IEngineContext;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.model.IAttribute;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.IElementTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.processor.element.MatchingAttributeName;
import org.thymeleaf.processor.element.MatchingElementName;
import org.thymeleaf.templatemode.TemplateMode;

/** Puts the kept markup into an element, and takes the dialect's attributes out of it. */
final class FragmentProcessor implements IElementTagProcessor {

  /** After all that repeats, removes or sets variables (to 1200), before th:text (1300). */
  static final int PRECEDENCE = 1250;

  private final TemplateMode mode;
  private final MatchingAttributeName attributes;
  private final @Nullable FragmentCaches caches;
  private final @Nullable Fragments fragments;

  /** Without caches it only takes the attributes out. */
  FragmentProcessor(
      TemplateMode mode,
      String prefix,
      @Nullable FragmentCaches caches,
      @Nullable Fragments fragments) {
    this.mode = mode;
    this.attributes = MatchingAttributeName.forAllAttributesWithPrefix(mode, prefix);
    this.caches = caches;
    this.fragments = fragments;
  }

  @Override
  public void process(
      ITemplateContext context,
      IProcessableElementTag tag,
      IElementTagStructureHandler structureHandler) {
    for (IAttribute attribute : tag.getAllAttributes()) {
      if (FragmentDeclaration.isOwn(attribute)) {
        structureHandler.removeAttribute(attribute.getAttributeCompleteName());
      }
    }
    if (caches != null
        && fragments != null
        && context instanceof IEngineContext page
        && context.getVariable(BodyGathering.VARIABLE) instanceof Body body) {
      String markup = fragments.markup(FragmentDeclaration.of(tag, caches.policies()), body, page);
      if (markup != null) {
        // Not processed: "[[...]]" in it is a visitor's text by now, not an expression.
        structureHandler.setBody(markup, false);
      }
    }
  }

  @Override
  public @Nullable MatchingElementName getMatchingElementName() {
    return null;
  }

  @Override
  public MatchingAttributeName getMatchingAttributeName() {
    return attributes;
  }

  @Override
  public TemplateMode getTemplateMode() {
    return mode;
  }

  @Override
  public int getPrecedence() {
    return PRECEDENCE;
  }
}
