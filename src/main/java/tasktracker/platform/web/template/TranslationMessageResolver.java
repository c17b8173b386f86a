package tasktracker.platform.web.template;

import java.util.MissingResourceException;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/** Resolves messages in templates, such as {@code #{shell.menu.messages}}. */
class TranslationMessageResolver extends AbstractMessageResolver {

  private final Translations translations;

  TranslationMessageResolver(Translations translations) {
    this.translations = translations;
  }

  @Override
  public String resolveMessage(ITemplateContext context, Class<?> origin, String key, Object @Nullable [] parameters) {
    return translations.of(context.getLocale(), key, parameters == null ? new Object[0] : parameters);
  }

  @Override
  public String createAbsentMessageRepresentation(
      ITemplateContext context, Class<?> origin, String key, Object @Nullable [] parameters) {
    throw new MissingResourceException("No translation for " + key, Translations.class.getName(), key);
  }
}
