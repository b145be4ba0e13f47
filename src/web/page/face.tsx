// A person's initials in a colour of their own.
import { Avatar } from '@mantine/core'

const COLORS = ['teal', 'indigo', 'grape', 'cyan', 'orange', 'blue', 'pink']

export const Face = ({ name, size }: { readonly name: string; readonly size: number }) => (
  <Avatar name={name} color="initials" allowedInitialsColors={COLORS} variant="filled" size={size} aria-hidden="true" />
)
