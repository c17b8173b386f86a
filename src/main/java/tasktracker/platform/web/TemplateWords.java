package tasktracker.platform.web;

import java.util.MissingResourceException;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/** Lets templates say {@code #{shell.menu.messages}}. */
class TemplateWords extends AbstractMessageResolver {

  private final Words words;

  TemplateWords(Words words) {
    this.words = words;
  }

  @Override
  public String resolveMessage(ITemplateContext context, Class<?> origin, String key, Object @Nullable [] parameters) {
    return words.of(context.getLocale(), key, parameters == null ? new Object[0] : parameters);
  }

  @Override
  public String createAbsentMessageRepresentation(
      ITemplateContext context, Class<?> origin, String key, Object @Nullable [] parameters) {
    throw new MissingResourceException("No words for " + key, Words.class.getName(), key);
  }
}
