package tasktracker.llm.provider;

import java.util.List;
import java.util.UUID;

/** What uses providers; a bean of each package that refers to them. A provider in use is not deleted. */
public interface ProviderUse {

  /** Names of what uses the provider. */
  List<String> namesUsing(UUID provider);
}
