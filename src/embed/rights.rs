//! What a program does about people's rights: as the operator, who may do everything.

use crate::base::error::Error;
use crate::base::rights::{Invitation, Measure, Role, Standing};
use crate::base::user::UserId;
use crate::hub::{Hub, links};

impl Hub {
    /// Takes a measure as the operator: gives somebody a role, mutes or bans them, invites, or says what guests may do. It is in
    /// force for everybody when this returns.
    ///
    /// # Errors
    /// Nobody of that id, the last owner, too many invitations, or a log that cannot take it.
    pub async fn govern(&self, measure: Measure) -> Result<(), Error> {
        self.log().govern(None, measure).await
    }

    /// How somebody stands: their role, and until when they may not write or not come in.
    ///
    /// # Errors
    /// The log cannot be read now.
    pub async fn standing(&self, who: UserId) -> Result<Standing, Error> {
        self.log().standing(who).await
    }

    /// The code of an invitation that makes whoever uses it first the chat's owner, for a link `…/#invite=CODE`; none where the chat
    /// has an owner. The code of a call before is not good any more.
    ///
    /// # Errors
    /// The log cannot take it now.
    pub async fn first_owner(&self) -> Result<Option<String>, Error> {
        if self.log().owners().await? > 0 {
            return Ok(None);
        }
        let (code, hash) = links::code()?;
        let invitation = Invitation { hash, role: Role::Owner, room: None, uses: Some(1), until: None };
        self.govern(Measure::Invite(invitation)).await?;
        Ok(Some(code))
    }
}
