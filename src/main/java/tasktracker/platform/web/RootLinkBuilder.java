package tasktracker.platform.web;

import java.util.Map;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;

/** The application is served at the root, and links are also rendered where there is no request: {@code @{/messages}}. */
class RootLinkBuilder extends StandardLinkBuilder {

  @Override
  protected String computeContextPath(IExpressionContext context, String base, Map<String, Object> parameters) {
    return "";
  }

  @Override
  protected String processLink(IExpressionContext context, String link) {
    return link;
  }
}
