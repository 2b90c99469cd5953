package dev.larder.spring.thymeleaf;

import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.IElementTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.processor.element.MatchingAttributeName;
import org.thymeleaf.processor.element.MatchingElementName;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Refuses what can't work, before anything else on the element runs: {@code th:replace} would take the
 * element away, and the fragment would go uncached unseen.
 */
final class FragmentCheck implements IElementTagProcessor {

  /** Before th:insert and th:replace, which have 100. */
  private static final int PRECEDENCE = 10;

  private final TemplateMode mode;
  private final MatchingAttributeName attributes;
  private final FragmentCaches caches;

  FragmentCheck(TemplateMode mode, String prefix, FragmentCaches caches) {
    this.mode = mode;
    this.attributes = MatchingAttributeName.forAllAttributesWithPrefix(mode, prefix);
    this.caches = caches;
  }

  @Override
  public void process(
      ITemplateContext context,
      IProcessableElementTag tag,
      IElementTagStructureHandler structureHandler) {
    FragmentDeclaration.of(tag, caches.policies());
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
