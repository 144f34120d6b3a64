import { EmptyState } from '#components/ui/empty-state.tsx';
import { Link } from '#components/ui/link.tsx';

/** Nothing at this address, or nothing that this person may see. */
export function NotFoundState() {
  return (
    <EmptyState
      title="There is nothing at this address."
      explanation="It may have been renamed or removed, or it belongs to a project that you are not a member of. Ask an administrator of the project for access, or go back."
      action={
        <Link href="/" className="link">
          Go to your projects
        </Link>
      }
    />
  );
}
